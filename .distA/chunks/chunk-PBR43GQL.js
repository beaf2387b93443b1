import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/errors.js
var SpecError = class extends Error {
  code = "usage";
  diagnostics;
  constructor(diagnostics) {
    super(`${diagnostics.length} problem${diagnostics.length === 1 ? "" : "s"} in the scenario files`);
    this.name = "SpecError";
    this.diagnostics = diagnostics;
  }
};
var UsageError = class extends Error {
  code = "usage";
  name = "UsageError";
};
var EnvironmentError = class extends Error {
  code = "environment";
  name = "EnvironmentError";
  /** What can be done about it, each with its reason, the likeliest first. */
  remedies;
  constructor(message, remedies = []) {
    super(message);
    this.remedies = remedies;
  }
};
var CommandError = class extends Error {
  code = "internal";
  name = "CommandError";
};
var InternalError = class extends Error {
  code = "internal";
  name = "InternalError";
};

export {
  SpecError,
  UsageError,
  EnvironmentError,
  CommandError,
  InternalError
};
