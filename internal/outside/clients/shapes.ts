// What types come of the shapes of the zoo: a line does not compile when one is
// another type, or any value at all.
import type * as hey from "./shapes-zoo/hey/types.gen";
import type { components } from "./shapes-zoo/types";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Schemas = components["schemas"];
const holds = <_ extends true>() => {};

// Rules are not types.
holds<Same<Schemas["OfText"]["omit"], string>>();
holds<Same<hey.OfText["omit"], string>>();
holds<Same<Schemas["OfText"]["oneof"], "red" | "green" | "light blue">>();
holds<Same<Schemas["OfListInput"]["omit"], string[] | undefined>>();
holds<Same<hey.OfListInput["omit"], string[] | undefined>>();
holds<Same<Schemas["OfListInput"]["maybeMap"], { [key: string]: number } | undefined>>();
holds<Same<hey.OfListInput["maybeMap"], { [key: string]: number } | undefined>>();
holds<Same<Schemas["OfList"]["bytes"], string>>();
holds<Same<hey.OfList["bytes"], string>>();
holds<Same<Schemas["OfList"]["maybe"], string>>();
holds<Same<hey.OfList["maybe"], string>>();

// Enums: closed ones are their values, open ones any.
holds<Same<Schemas["Size"], "s" | "l">>();
holds<Same<hey.Grade, 1 | 2 | 3>>();
holds<Same<Schemas["Unit"], string>>();

// Absent and null are two things, and differ between requests and answers.
holds<Same<Schemas["Optional"]["struct"], Schemas["Base"] | null>>();
holds<Same<Schemas["OptionalInput"]["struct"], Schemas["Base"] | null | undefined>>();
holds<Same<hey.OptionalInput["option"], string | undefined>>();
holds<Same<hey.OptionalInputNullable["option"], string | null | undefined>>();
holds<Same<hey.OptionalInput["default"], number | undefined>>();

// Members travel in their direction alone.
holds<Same<keyof Schemas["Directions"], "id" | "name" | "inner">>();
holds<Same<keyof Schemas["DirectionsInput"], "secret" | "name" | "inner">>();
holds<Same<hey.ShapesDirectionsData["body"], hey.DirectionsInputWritable>>();
holds<Same<hey.DirectionsInputWritable["secret"], string>>();

// Errors, for programs.
holds<Same<Schemas["Problem"]["code"], string | undefined>>();
holds<Same<Schemas["FieldError"]["in"], "body" | "path" | "query" | "header" | "cookie" | undefined>>();
