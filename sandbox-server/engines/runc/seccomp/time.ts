import type { AllowedCalls } from './entry.ts';

export const time: AllowedCalls[] = [
  { calls: 'time gettimeofday clock_gettime clock_getres', why: 'telling the time; nothing here sets it' },
  { calls: 'nanosleep clock_nanosleep getitimer setitimer', why: 'sleeping' },
  {
    calls: `timer_create timer_settime timer_gettime timer_getoverrun timer_delete timerfd_create timerfd_settime
      timerfd_gettime`,
    why: 'timers; those that wake the host need a capability that is withheld',
  },
];
