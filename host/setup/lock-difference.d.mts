interface Lock {
  packages?: Record<
    string,
    { version?: string; integrity?: string; optional?: boolean; peer?: boolean; link?: boolean }
  >;
}
export declare function differences(wanted: Lock, installed: Lock): string[];
