import { encode } from 'uqr';

/** White around a code by which readers find it, in modules (ISO/IEC 18004 section 9.1). */
const quietZone = 4;

/** A text as a QR code, drawn as one path: nothing of it is ever parsed as markup. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const side = size + 2 * quietZone;
  return (
    <svg
      className="qr"
      viewBox={`${-quietZone} ${-quietZone} ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect x={-quietZone} y={-quietZone} width={side} height={side} className="qr-light" />
      <path d={dark.join('')} className="qr-dark" />
    </svg>
  );
}
