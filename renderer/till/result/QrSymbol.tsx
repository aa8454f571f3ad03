import { useMemo } from 'react';
import { encode } from 'uqr';

/** ISO/IEC 18004 §5.3.8: four light modules on every side. */
const quietModules = 4;

/** A QR as the printer draws it, level M, small: it can be scanned off the screen when there is no printer. */
export function QrSymbol({ data, label }: { data: string; label: string }) {
  const { size, path } = useMemo(() => {
    const drawn = encode(data, { ecc: 'M', border: quietModules });
    const squares = drawn.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
    return { size: drawn.size, path: squares.join('') };
  }, [data]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} data-qr={data}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
