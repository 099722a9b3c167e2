import { expect, test } from 'vitest';
import { dataOption, defineCommand } from './command.ts';
import { parseArguments } from './parse-arguments.ts';

const command = defineCommand({
  summary: 'test',
  usage: 'ID [--timeout S] [--dev]',
  options: {
    ...dataOption,
    timeout: { type: 'string', value: 'S', help: 'seconds' },
    dev: { type: 'boolean', help: 'for authors' },
  },
  positionals: { min: 1, max: 1 },
  run: async () => 0,
});
const taking = defineCommand({
  summary: 'test',
  usage: '-- CMD...',
  options: {},
  takesRest: true,
  run: async () => 0,
});

const parse = (...argv: string[]) => parseArguments('sandbox test', command, argv);

test('options in both spellings, anywhere', () => {
  const { values, positionals } = parse('--timeout=5', 'abc', '--data', '/srv', '--dev');
  expect(values).toEqual({ timeout: '5', data: '/srv', dev: true });
  expect(positionals).toEqual(['abc']);
});

test('what is not given is undefined or false', () => {
  expect(parse('abc').values).toEqual({ timeout: undefined, data: undefined, dev: false });
});

test.each([
  [['abc', '--timout', '5'], 'there is no option --timout; did you mean --timeout?'],
  [['abc', '--xyzzyx'], 'there are --data, --timeout, --dev, --help'],
  [['abc', '--timeout'], '--timeout needs a value: --timeout S'],
  [['abc', '--timeout', '--dev'], '--timeout needs a value'],
  [['abc', '--timeout='], '--timeout needs a value'],
  [['abc', '--dev=yes'], '--dev takes no value'],
  [['abc', 'def'], 'def was not expected here'],
  [[], 'something is missing: ID'],
  [['abc', '--', 'ls'], '-- was not expected here'],
])('refuses %j', (argv, message) => {
  expect(() => parse(...argv)).toThrow(message);
});

test('every refusal says where to read on', () => {
  expect(() => parse()).toThrow('Read: chrootcamp sandbox test --help');
});

test('what stands after -- is left alone', () => {
  const { rest } = parseArguments('sandbox run', taking, ['--', 'sh', '-c', '--help', '--']);
  expect(rest).toEqual(['sh', '-c', '--help', '--']);
});

test('a command line without -- is refused with the way to write it', () => {
  expect(() => parseArguments('sandbox run', taking, ['docker', 'ps'])).toThrow('as in: -- docker ps');
  expect(() => parseArguments('sandbox run', taking, ['--'])).toThrow('the command to run is missing');
});

test('--help asks for nothing else', () => {
  expect(parse('--help').help).toBe(true);
  expect(parse('-h').help).toBe(true);
});
