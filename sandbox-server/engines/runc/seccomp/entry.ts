/** A line of the table: system calls by name, parted by blanks, and why. */
export interface AllowedCalls {
  calls: string;
  why: string;
}

export interface DeniedCalls extends AllowedCalls {
  /**
   * What the caller is told. ENOSYS ("this kernel has no such call") where programs go on without it by themselves, EPERM
   * ("you may not") elsewhere.
   */
  errno: 'EPERM' | 'ENOSYS';
}

export const namesIn = ({ calls }: AllowedCalls): string[] => calls.split(/\s+/).filter(Boolean);
