import { doctorCommand } from "../../runtime/commands/doctor.ts";
import { keygenCommand } from "../../runtime/commands/keygen.ts";
import { checkCommand } from "./check.ts";
import type { Command } from "./command.ts";
import { diffCommand } from "./diff.ts";
import { explainCommand } from "./explain.ts";
import { fmtCommand } from "./fmt.ts";
import { freezeCommand } from "./freeze.ts";
import { generateCommand } from "./generate.ts";
import { lintCommand } from "./lint.ts";
import { watchCommand } from "./watch.ts";

/** Every command, in the order of `hawser --help`. */
export const allCommands: readonly Command[] = [
  generateCommand,
  watchCommand,
  checkCommand,
  freezeCommand,
  diffCommand,
  lintCommand,
  fmtCommand,
  explainCommand,
  keygenCommand,
  doctorCommand,
];
