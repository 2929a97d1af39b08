import "swagger-ui-dist/swagger-ui.css";
// @ts-expect-error the package has no types
import swagger from "swagger-ui-dist/swagger-ui-es-bundle.js";

const OFFICE = "back-office";

swagger({
  url: "/api/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "list",
  filter: true,
  // What members' pages call comes first, what the back-office calls last.
  tagsSorter: (one: string, other: string) =>
    Number(one === OFFICE) - Number(other === OFFICE) || one.localeCompare(other),
  tryItOutEnabled: true,
  // Nothing is sent to the outside: no validator badge.
  validatorUrl: null,
});
