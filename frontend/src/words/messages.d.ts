/** Every text of a language by its key; made by `frontend/messages.mjs`. */
declare module "messages:*" {
  const texts: Record<string, import("./words.js").Say>;
  export default texts;
}
