/** `npm run bench:charts`: draws the figures that were recorded. See bench/README.md. */
import { writeCharts } from "./charts/write.ts";

for (const name of writeCharts()) console.log(`bench/charts/${name}`);
