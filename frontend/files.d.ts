/** A file that the build puts beside the scripts: where it is. */
declare module "*.woff2" {
  const url: string;
  export default url;
}
