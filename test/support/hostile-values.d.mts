export declare function hostileValues(): Record<string, unknown>;
export declare const HOSTILE_TEXTS: Record<string, string>;
