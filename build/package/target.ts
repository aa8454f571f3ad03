/** What a package is made for. Others follow when their machines are at hand. */
export interface Target {
  platform: 'linux';
  arch: 'x64' | 'arm64';
}

/** The words by which packages name a platform, an architecture or a C library in file and package names. */
const platforms = ['linux', 'linuxmusl', 'darwin', 'win32', 'android', 'freebsd', 'openbsd', 'openharmony', 'wasm32'];
const arches = ['x64', 'arm64', 'arm', 'ia32', 'riscv64', 'loong64', 'ppc64', 's390x', 'universal'];
const otherLibraries = ['musl', 'msvc'];

/**
 * Whether a native file or package, by its name or path, is made for another machine than the target.
 * Names that speak of no machine are for all.
 */
export function isForeign(name: string, target: Target): boolean {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const named = (all: readonly string[]) => all.filter((word) => words.includes(word));
  const platformsNamed = named(platforms);
  const archesNamed = named(arches);
  if (platformsNamed.length > 0 && !platformsNamed.includes(target.platform)) return true;
  if (archesNamed.length > 0 && !archesNamed.includes(target.arch)) return true;
  // Electron for Linux is linked with glibc.
  return named(otherLibraries).length > 0;
}
