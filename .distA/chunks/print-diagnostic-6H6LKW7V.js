import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  printDiagnostic,
  printWarning
} from "./chunk-X7ARQ7AF.js";
import "./chunk-43F4W77O.js";
import "./chunk-LL3SQHP3.js";
export {
  printDiagnostic,
  printWarning
};
