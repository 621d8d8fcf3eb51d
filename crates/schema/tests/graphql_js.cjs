// Judges schemas by graphql-js: `query` prints the introspection query its clients send; `check` reads lines of
// {who, introspection, sdl} and prints what is wrong with each. GRAPHQL_JS names the folder of the package.
const graphql = require(process.env.GRAPHQL_JS);

if (process.argv[2] === "query") {
  const everything = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true };
  console.log(graphql.getIntrospectionQuery(everything));
} else {
  const lines = require("fs").readFileSync(0, "utf8").split("\n").filter((line) => line);
  for (const line of lines) {
    const { who, introspection, sdl } = JSON.parse(line);
    const print = (schema) => graphql.printSchema(graphql.lexicographicSortSchema(schema));
    try {
      const client = graphql.buildClientSchema(introspection);
      const printed = graphql.buildSchema(sdl);
      for (const schema of [client, printed])
        for (const error of graphql.validateSchema(schema)) console.log(`${who}: ${error.message}`);
      if (print(client) !== print(printed)) console.log(`${who}: introspection and SDL differ`);
    } catch (error) {
      console.log(`${who}: ${error.message}`);
    }
  }
}
