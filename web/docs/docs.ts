import "swagger-ui-dist/swagger-ui.css";
// @ts-expect-error the package has no types
import swagger from "swagger-ui-dist/swagger-ui-es-bundle.js";

swagger({
  url: "/api/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "list",
  tryItOutEnabled: true,
  // Nothing is sent to the outside: no validator badge.
  validatorUrl: null,
});
