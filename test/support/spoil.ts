/** Their values are words of the schema's, which parseResult() sees to. */
const WORDS = [
  'backend',
  'status',
  'protocol',
  'outcome',
  'cause',
  'icmp',
  'evidence',
  'decided',
  'hook',
  'verdict',
  'direction',
  'code',
  'kind',
  'sender',
  'fate',
  'format',
  'family',
  'startedAt',
  'id',
];

/** A result document with every text of it changed that may be any. */
export function spoil<T>(value: T, change: (text: string) => string, key = ''): T {
  if (typeof value === 'string') {
    return (WORDS.includes(key) ? value : change(value)) as T;
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => spoil(item, change, key)) as T;
  }
  return value !== null && typeof value === 'object'
    ? (Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoil(inner, change, name)])) as T)
    : value;
}

/** What the readers of one format or another take for markup, a command, an end or a line. */
export const HOSTILE = [
  ...['\u202e', '\u0000\u0007\u001b[31m', '\ud800', '\udc00', '\ufffe\uffff', '\r\n', '\t'],
  ...[']]>', '<!--', '--&gt;', '</failure>', '</pre>', '<script>', '&amp;', '&#0;', '"', "'"],
  ...['::error::', '##[error]', '%0A', '%25', ',line=1', '::stop-commands::x'],
  ...['|', '`', '```', '**b**', '_i_', '[l](javascript:0)', '![i](x)', '@everyone', 'http://x', 'www.x.org', '$x$', '~~~', '\\', '# h'],
].join(' ');
