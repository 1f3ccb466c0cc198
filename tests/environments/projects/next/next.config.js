// The service behind the shop's own address, as the documentation has it, and a strict content policy: of Next's pages router no script stands
// in the page itself.

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self' data:; base-uri 'none'";

export default {
  rewrites: async () => [{ source: '/tresen/:path*', destination: `${process.env.TRESEN_API}/:path*` }],
  headers: async () => [{ source: '/:path*', headers: [{ key: 'content-security-policy', value: POLICY }] }],
};
