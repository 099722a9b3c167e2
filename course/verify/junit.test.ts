import { expect, test } from 'vitest';
import { formatJunit } from './junit.ts';

test('a suite for each exercise, a case for each script and each change', () => {
  const exerciseId = 'a/b/c';
  const xml = formatJunit({
    ok: false,
    ms: 2_500,
    mutations: { killed: 1, survived: 1, equivalent: 0, unjudged: 0, percent: 50 },
    exercises: [
      {
        exerciseId,
        ok: false,
        ms: 1_000,
        trials: [
          { exerciseId, script: 'solve.sh', kind: 'solve', ok: true, ms: 400, steps: [] },
          {
            exerciseId,
            script: 'wrong-x.sh',
            kind: 'wrong',
            fails: 'x',
            ok: false,
            ms: 600,
            steps: [
              { name: 'script', ok: true, ms: 1 },
              { name: 'grade', ok: false, ms: 1, detail: 'says "a < b" & more\nprinted \u001b[1m\ud800' },
            ],
          },
        ],
        mutations: {
          ok: false,
          ms: 30,
          score: { killed: 1, survived: 1, equivalent: 0, unjudged: 0, percent: 50 },
          mutants: [
            { exerciseId, line: 1, change: 'drop a > b', outcome: 'killed', by: 'x', ms: 10 },
            { exerciseId, line: 2, change: 'drop c', outcome: 'survived', ms: 20 },
          ],
          faults: ['stale'],
        },
      },
    ],
  });
  expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="course verify" time="2.500">
  <properties>
    <property name="mutations.killed" value="1"/>
    <property name="mutations.survived" value="1"/>
    <property name="mutations.equivalent" value="0"/>
    <property name="mutations.unjudged" value="0"/>
    <property name="mutations.percent" value="50"/>
  </properties>
  <testsuite name="a/b/c" tests="5" failures="3" time="1.030">
    <properties>
      <property name="mutations.killed" value="1"/>
      <property name="mutations.survived" value="1"/>
      <property name="mutations.equivalent" value="0"/>
      <property name="mutations.unjudged" value="0"/>
      <property name="mutations.percent" value="50"/>
    </properties>
    <testcase classname="a/b/c" name="solve.sh" time="0.400"/>
    <testcase classname="a/b/c" name="wrong-x.sh" time="0.600">
      <failure message="grade: says &quot;a &lt; b&quot; &amp; more">grade: says &quot;a &lt; b&quot; &amp; more
printed \uFFFD[1m\uFFFD</failure>
    </testcase>
    <testcase classname="a/b/c" name="solve.sh:1 drop a &gt; b" time="0.010"/>
    <testcase classname="a/b/c" name="solve.sh:2 drop c" time="0.020">
      <failure message="every check passes after this change">every check passes after this change</failure>
    </testcase>
    <testcase classname="a/b/c" name="equivalent" time="0.000">
      <failure message="stale">stale</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('a lesson is a suite, each of its commands a case', () => {
  const command = { text: 'ls /x', ms: 10, expectedExit: 0 };
  const commands = [
    { ...command, line: 11, ok: true, exitCode: 0 },
    { ...command, line: 12, ok: false, exitCode: 2, output: 'no x' },
  ];
  const prose = [{ lessonId: 'a/b', file: 'l.mdx', ok: false, ms: 20, fault: null, unproven: [], commands }];
  expect(formatJunit({ ok: false, ms: 20, exercises: [], prose })).toContain(
    `  <testsuite name="a/b" tests="2" failures="1" time="0.020">
    <testcase classname="a/b" name="lesson.mdx:11 ls /x" time="0.010"/>
    <testcase classname="a/b" name="lesson.mdx:12 ls /x" time="0.010">
      <failure message="l.mdx:12: \`ls /x\` ended with exit code 2; expected 0. The terminal showed:">`,
  );
});
