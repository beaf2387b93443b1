import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  SystemCallError,
  call,
  callBlocking,
  callUnless,
  exitNow,
  getErrorName
} from "./chunk-Z7H4GLYA.js";
import "./chunk-LL3SQHP3.js";
export {
  SystemCallError,
  call,
  callBlocking,
  callUnless,
  exitNow,
  getErrorName
};
