// The service behind the shop's own address, as the documentation has it. The content policy stands in proxy.js: of Next's app router scripts stand
// in the page itself, and need a nonce.

export default {
  rewrites: async () => [{ source: '/tresen/:path*', destination: `${process.env.TRESEN_API}/:path*` }],
};
