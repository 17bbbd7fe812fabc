import qrcode from 'qrcode-generator';

/** Light modules around the code, as ISO/IEC 18004 asks for. */
const quietZone = 4;

/** The QR code of a text as an image's address: an SVG of one path, black on white whatever the theme. */
export function qrCodeImage(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const places = Array.from({ length: count }, (_, place) => place);
  const path = places
    .flatMap((row) =>
      places
        .filter((column) => code.isDark(row, column))
        .map((column) => `M${column + quietZone} ${row + quietZone}h1v1h-1z`),
    )
    .join('');
  const size = count + 2 * quietZone;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
