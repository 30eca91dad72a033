/** `cache-control` of bytes that will never be others: whoever has them need not ask again. One year, the longest that means anything. */
export const immutable = 'public, max-age=31536000, immutable';
