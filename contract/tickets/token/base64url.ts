/** RFC 4648 §5 without padding. Of all texts a URL may carry after its `#`, it takes the fewest bytes in a QR. */
export const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/**
 * Strict: one text per value (RFC 4648 §3.5), so that a changed character never reads as the same bytes.
 * @returns null when it is not base64url
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  return toBase64Url(bytes) === text ? bytes : null;
}
