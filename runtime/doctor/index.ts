/** What `hawser doctor` does: goes the way of a client, step by step, and says where it ends. */
export { type Examination, type ExaminationOptions, examine, type LocatedFinding, type Step } from "./examination.ts";
export { findingCodes } from "./finding.ts";
