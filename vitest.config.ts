import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  resolve: { conditions: ["hawser-source"] },
  ssr: { resolve: { conditions: ["hawser-source"] } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
  },
});

export default config;
