import { expect, test } from 'vitest';
import { simpleCommandsIn } from './shell-script.ts';

/** Each command as it stands in the script. */
function commands(script: string): string[] {
  return simpleCommandsIn(script).map(({ start, end }) => script.slice(start, end));
}

test.each([
  ['a pipeline, lists and the background', 'a 1 | b && c || d & e; f', ['a 1', 'b', 'c', 'd', 'e', 'f']],
  ['redirections belong to their command', 'a > x 2>&1 < y &\nb', ['a > x 2>&1 < y', 'b']],
  ['comments are none', '# a b\na # c\n', ['a']],
  ['a line that goes on in the next', 'a \\\n  b\nc', ['a \\\n  b', 'c']],
  ['quotes hold words together', `a 'b; c' "d & e" f\\ g`, [`a 'b; c' "d & e" f\\ g`]],
  [
    'keywords are passed over, what stands between them is not',
    'if a; then b; else ! c; fi',
    ['a', 'b', 'c'],
  ],
  ['the words of a loop are left alone', 'for x in a b; do c "$x"; done\nd', ['c "$x"', 'd']],
  ['a bracket and a brace', '(a; b) && { c; }', ['a', 'b', 'c']],
  ['a substitution holds commands', 'a "$(b c)" $(d)', ['a "$(b c)" $(d)', 'b c', 'd']],
  ['an assignment alone is one', 'id=$(a)\nB=1 c', ['id=$(a)', 'a', 'B=1 c']],
  ["a shell's own script", "sh -c 'a; b'\nawk -c 'c'", ["sh -c 'a; b'", 'a', 'b', "awk -c 'c'"]],
  ["what is wrong in it is not the outer script's fault", "sh -c 'case x'\na", ["sh -c 'case x'", 'a']],
  ['here-documents are text', "cat <<'E' > x\na b\nE\nc <<-F\n\td\n\tF\ne", ["cat <<'E' > x", 'c <<-F', 'e']],
  ['a word with braces and an array index', 'a "${b[0]}" c{1,2}', ['a "${b[0]}" c{1,2}']],
])('%s', (_, script, expected) => {
  expect(commands(script)).toEqual(expected);
});

test.each([
  'case x in a) b;; esac',
  'f() { b; }',
  'function f { b; }',
  '[[ a ]] && b',
  '((a > b))',
  'x=$((1 + 2)) b',
  'a <(b)',
  'a `b`',
  "a 'b",
  'a "b',
  'a )',
  'cat <<E\nnever ended',
  "echo $'\\n'",
])('the search ends at what it does not know: %s', (script) => {
  expect(commands(`first\n${script}`)[0]).toBe('first');
  expect(commands(`${script}\nlast`)).not.toContain('last');
});

test('words are told with and without their quotes', () => {
  const [command] = simpleCommandsIn(`a 'b c' "d"e \\$f "$g" h > "i j"`);
  expect(command!.words.map(({ literal }) => literal)).toEqual(['a', 'b c', 'de', '$f', null, 'h']);
  expect(command!.words[1]!.raw).toBe("'b c'");
  expect(command!.redirections).toMatchObject([{ operator: '>', target: { literal: 'i j' } }]);
});
