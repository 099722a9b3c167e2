/** Personalities a process may take (personality.h); one that maps page zero or makes data executable is not among them. */
export const personalities: { value: number; why: string }[] = [
  { value: 0x0, why: 'Linux' },
  { value: 0x8, why: 'Linux on a 32-bit machine, as builds of 32-bit programs ask for' },
  { value: 0x20000, why: 'tells a 2.6 version number to old programs' },
  { value: 0x20008, why: 'both' },
  { value: 0x40000, why: 'no address randomisation of the own process: debuggers' },
  { value: 0xffffffff, why: 'asks, changes nothing' },
];
