import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const out = fileURLToPath(
  new URL("../src/rencheng/foundation/web/static/rencheng/", import.meta.url),
);

export default defineConfig({
  // Relative addresses: the folder may be served from any static root.
  base: "./",
  build: {
    outDir: out,
    emptyOutDir: true,
    target: "es2022",
    // Old phones should not fetch a map in order to read a page.
    modulePreload: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { house: "src/house.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: ({ facadeModuleId, name }) => {
          const folder = /src[\\/](map|chart)[\\/]view/.exec(facadeModuleId ?? "")?.[1];
          return `chunks/${folder ?? name}-[hash].js`;
        },
        assetFileNames: (asset) =>
          asset.names.includes("house.css") ? "house.css" : "chunks/[name]-[hash][extname]",
        // Chunks must never import the entry: behind a hashing static server
        // the entry has two addresses and would then run twice.
        codeSplitting: {
          groups: [{ name: "shared", test: /[\\/]src[\\/]shared[\\/]|vite[\\/]preload-helper/ }],
        },
      },
    },
  },
  worker: {
    format: "es",
    rolldownOptions: { output: { entryFileNames: "chunks/[name]-[hash].js" } },
  },
  test: { environment: "node", include: ["test/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
