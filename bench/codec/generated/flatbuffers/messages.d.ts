export * as Bench from './bench.js';
