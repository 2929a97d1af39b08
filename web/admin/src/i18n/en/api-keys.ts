export const apiKeys = {
  "api-keys.hint":
    "They let your own server act as the site: bring members up to date, send broadcasts, read settings.",
  "api-keys.none": "No key yet",
  "api-keys.new": "New key",
  "api-keys.new.hint": "Whoever has it may do what an administrator may.",
  "api-keys.name": "What it is for",
  "api-keys.once": "Copy it now: it is not shown again.",
  "api-keys.made": "Made by {name}, {when}",
  "api-keys.used": "used {when}",
  "api-keys.unused": "never used",
  "api-keys.revoke": "Revoke",
  "api-keys.revoke.title": "Revoke “{name}”?",
  "api-keys.revoke.text": "Whatever uses it stops working at once.",
};
