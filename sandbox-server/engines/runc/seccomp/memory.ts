import type { AllowedCalls } from './entry.ts';

export const memory: AllowedCalls[] = [
  {
    calls: `brk mmap munmap mremap mprotect madvise mincore msync remap_file_pages pkey_alloc pkey_free pkey_mprotect
      map_shadow_stack mseal`,
    why: 'every program has memory',
  },
  { calls: 'mlock mlock2 munlock mlockall munlockall', why: 'bounded by RLIMIT_MEMLOCK' },
  { calls: 'memfd_create memfd_secret', why: 'runc runs from such a file; charged to the sandbox' },
  { calls: 'get_mempolicy', why: 'databases look where memory lies' },
  {
    calls: 'shmget shmat shmdt shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl',
    why: 'System V IPC, of a namespace of its own',
  },
  {
    calls: 'mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr',
    why: 'POSIX queues, of a namespace of their own',
  },
  {
    calls:
      'futex futex_wait futex_wake futex_requeue futex_waitv set_robust_list get_robust_list membarrier rseq',
    why: 'threads wait for one another',
  },
];
