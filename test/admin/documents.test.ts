import { readFileSync } from "node:fs";
import { join } from "node:path";
import { limits } from "hawser/server";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ask, authorization, serve, token } from "./stage.ts";

const text = readFileSync(join(import.meta.dirname, "../../docs/admin.md"), "utf8");
const [pod, scrape] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ""]) => parse(yaml));

test("the probes that docs/admin.md shows are answered", async () => {
  const { admin } = await serve({ token });
  const [container] = pod.containers;
  for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"]) {
    const { path, port } = container[probe].httpGet;
    expect(container.ports).toContainEqual({ name: port, containerPort: 7_001 });
    expect(await ask(admin, path)).toMatchObject({ status: 200 });
  }
});

test("so is what it has Prometheus ask", async () => {
  const { admin } = await serve({ token });
  const [job] = scrape.scrape_configs;
  // `authorization` without a type is Bearer.
  expect(Object.keys(job.authorization)).toEqual(["credentials_file"]);
  expect(await ask(admin, job.metrics_path, { headers: authorization })).toMatchObject({ status: 200 });
});

test("its numbers are those of the limits", () => {
  const prose = text.replace(/\s+/g, " ");
  const { adminTokenCharactersMin, adminTokenCharactersMax } = limits;
  for (const said of [
    `but for \`limits.adminReadyLagEntriesMax\` entries (${limits.adminReadyLagEntriesMax})`,
    `longer than ${limits.adminRequestTimeoutMs / 1_000} s to come, or its head is longer than ${limits.adminHeaderBytesMax / 1_024} KiB`,
    `in steps of ${limits.adminScanBurstMs} ms`,
    `its first ${limits.adminSessionsDepthMax.toLocaleString("en")} rows`,
    `${adminTokenCharactersMin} to ${adminTokenCharactersMax} characters`,
    `there are ${limits.adminConnectionsMax} connections at the most`,
    `charts of the last ${limits.adminSamplesMax * limits.adminSampleIntervalMs === 600_000 ? "ten minutes" : "?"}`,
  ]) {
    expect(prose).toContain(said);
  }
});
