declare const brand: unique symbol;

/** A string or number that was checked once, where it entered, and is told apart by the compiler ever after. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
