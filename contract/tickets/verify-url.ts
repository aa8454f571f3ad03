/** The page that checks tickets is the server's own; a path in front of it is kept. The token stands behind its `#`, and reaches no server. */
export const verifyUrlOf = (centralUrl: string): string => `${centralUrl.replace(/\/$/, '')}/verify/`;
