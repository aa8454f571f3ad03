/** ESC/POS commands as bytes. Source: Epson, "ESC/POS Command Reference", by the command's name. */
const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const DLE = 0x10;

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const low = (value: number): number => value & 0xff;
const high = (value: number): number => value >> 8;

export const LINE_FEED = bytes(0x0a);
/** ESC @ */
export const initialize = bytes(ESC, 0x40);
/** ESC R 0: the American set, so that ASCII means ASCII whatever the switches under the printer say. */
export const plainAscii = bytes(ESC, 0x52, 0);
/** FS . */
export const cancelKanji = bytes(FS, 0x2e);
/** GS a 0: no Automatic Status Back. */
export const noAutoStatus = bytes(GS, 0x61, 0);
/** ESC t n */
export const selectCodePage = (n: number): Uint8Array => bytes(ESC, 0x74, n);
/** ESC E n */
export const bold = (on: boolean): Uint8Array => bytes(ESC, 0x45, on ? 1 : 0);
/** GS ! n: double width and height, or normal. */
export const large = (on: boolean): Uint8Array => bytes(GS, 0x21, on ? 0x11 : 0);
/** ESC a n */
export const align = (side: 'left' | 'center'): Uint8Array => bytes(ESC, 0x61, side === 'center' ? 1 : 0);
/** ESC d n */
export const feedLines = (n: number): Uint8Array => bytes(ESC, 0x64, n);
/** GS V, function B: feeds to the cutter, then cuts. */
export const feedAndCut = (cut: 'full' | 'partial'): Uint8Array => bytes(GS, 0x56, cut === 'full' ? 65 : 66, 0);
/** ESC p m t1 t2: the times count steps of 2 ms. */
export const drawerPulse = (pin: 0 | 1, onMs: number, offMs: number): Uint8Array =>
  bytes(ESC, 0x70, pin, Math.floor(onMs / 2), Math.floor(offMs / 2));

const symbol = (fn: number, ...data: number[]): Uint8Array =>
  bytes(GS, 0x28, 0x6b, low(data.length + 2), high(data.length + 2), 0x31, fn, ...data);

/** GS ( k, functions 165, 167, 169, 180, 181: a QR of model 2 at level M, drawn by the printer. */
export const qrByPrinter = (data: Uint8Array, moduleDots: number): Uint8Array[] => [
  symbol(0x41, 0x32, 0),
  symbol(0x43, moduleDots),
  symbol(0x45, 0x31),
  symbol(0x50, 0x30, ...data),
  symbol(0x51, 0x30),
];

/** GS v 0: a bitmap, rows of whole bytes, most significant bit leftmost, 1 is black. */
export const raster = (bytesPerRow: number, rows: number, bits: Uint8Array): Uint8Array[] => [
  bytes(GS, 0x76, 0x30, 0, low(bytesPerRow), high(bytesPerRow), low(rows), high(rows)),
  bits,
];

/** DLE EOT n: answered at once, even off-line. 1 printer, 2 cause of off-line, 3 cause of error, 4 paper. */
export const askStatus = (n: 1 | 2 | 3 | 4): Uint8Array => bytes(DLE, 0x04, n);
/** GS r 1: answered in its turn, behind everything sent before it. */
export const askPaperSensor = bytes(GS, 0x72, 1);
/** GS ( H, function 48: answers with this id when what stands before it has been printed. Four printable ASCII characters. */
export const askProcessId = (id: string): Uint8Array =>
  bytes(GS, 0x28, 0x48, 6, 0, 0x30, 0x30, ...Array.from(id, (one) => one.charCodeAt(0)));
