/** The server of one stack, in a process of its own: `server.child.ts STACK`. */
import { answerQuestions } from "./question.ts";
import { loadStack, type StackName } from "./stack.ts";

const stack = await loadStack(process.argv[2] as StackName);
const port = await stack.serve();
answerQuestions({ port }, ({ kind }) => {
  if (kind === "cpu") {
    const { user, system } = process.cpuUsage();
    return user + system + (stack.otherCpuUs?.() ?? 0);
  }
  globalThis.gc?.();
  return process.memoryUsage.rss();
});
