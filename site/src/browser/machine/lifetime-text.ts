import { pageLocale, say } from '../page/say.ts';
import type { LifetimeState, MachineNews, StoppedMachine } from '../../../../protocol/portal-api.ts';

type Warning = NonNullable<LifetimeState['warning']>;

/** Before the time that runs down, which follows it. */
export function describeWarning({ cause, canExtend }: Warning): string {
  if (cause === 'idle') {
    return say`Nothing was typed for a long time. Your machine will be stopped, and its disk kept, in`;
  }
  if (canExtend) return say`Your machine has run for long. It will be stopped, and its disk kept, in`;
  return say`Your machine has run for as long as it may. You can resume it after it stops, in`;
}

export function describeNews({ kind, cause, stoppedAt }: MachineNews, language = pageLocale): string {
  if (kind === 'removed') {
    const when = describeDay(stoppedAt, language);
    return say`Your last machine, stopped on ${when}, was kept as long as this course keeps them and is gone now. This is a fresh one; what you have earned stays earned.`;
  }
  const why =
    cause === 'idle' ? say`nothing was typed for a long time` : say`it had run for as long as it may`;
  return say`Your machine was stopped because ${why}. It is back with its files, images and volumes. Terminals are new, and what ran in the old ones has ended.`;
}

/** In the terminal's place. */
export function describeStopped(stopped: StoppedMachine | undefined, language = pageLocale): string {
  if (stopped === undefined) return say`Its files, images and volumes are kept.`;
  const why = {
    idle: say`Nothing was typed for a long time. `,
    wall: say`It had run for as long as it may in one go. `,
    outside: '',
  }[stopped.cause];
  return say`${why}Its files, images and volumes are kept until ${describeDay(stopped.keptUntil, language)}.`;
}

/** `4:05`; never below zero. */
export function describeTimeLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** For who hears it, once. */
export function describeTimeAloud(leftMs: number): string {
  const minutes = Math.round(leftMs / 60_000);
  if (minutes >= 2) return say`${minutes} minutes`;
  return leftMs > 50_000 ? say`one minute` : say`${Math.max(1, Math.round(leftMs / 1000))} seconds`;
}

function describeDay(iso: string, language: string | undefined): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(iso));
}
