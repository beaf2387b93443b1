import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  loadScenarios
} from "./chunks/chunk-TMX2BC3J.js";
import {
  runSuite
} from "./chunks/chunk-424OR6DJ.js";
import "./chunks/chunk-J7ARST5W.js";
import {
  parseScenarios
} from "./chunks/chunk-MQ5BWLLD.js";
import {
  REPORTERS,
  getCoverage
} from "./chunks/chunk-XYBDU37T.js";
import "./chunks/chunk-WAGPLFAO.js";
import "./chunks/chunk-GTNQ7HSW.js";
import "./chunks/chunk-FB3AVYQH.js";
import "./chunks/chunk-XVINQOOH.js";
import "./chunks/chunk-Q63VOEFV.js";
import "./chunks/chunk-QGEKNBS5.js";
import "./chunks/chunk-3M3M4GSF.js";
import "./chunks/chunk-KXRMXOJA.js";
import "./chunks/chunk-JFR324MA.js";
import "./chunks/chunk-VXGCHMP6.js";
import "./chunks/chunk-CC6INTEV.js";
import "./chunks/chunk-ATPREQCW.js";
import {
  CommandError,
  EnvironmentError,
  InternalError,
  SpecError,
  UsageError
} from "./chunks/chunk-PBR43GQL.js";
import "./chunks/chunk-43F4W77O.js";
import "./chunks/chunk-LL3SQHP3.js";
export {
  CommandError,
  EnvironmentError,
  InternalError,
  REPORTERS,
  SpecError,
  UsageError,
  getCoverage,
  loadScenarios,
  parseScenarios,
  runSuite
};
