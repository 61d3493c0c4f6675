// dotnet run KID PUBLIC_KEY_FILE < claims.json
using System.Security.Cryptography;
using Jose;

var (kid, keyFile) = (args[0], args[1]);
using var publicKey = RSA.Create();
publicKey.ImportFromPem(File.ReadAllText(keyFile));
var claims = new StreamReader(Console.OpenStandardInput()).ReadToEnd();

var more = new Dictionary<string, object> { ["typ"] = "JWT", ["kid"] = kid };
Console.WriteLine(JWT.Encode(
    claims,
    publicKey,
    JweAlgorithm.RSA_OAEP_256,
    JweEncryption.A128GCM,
    JweCompression.DEF,
    extraHeaders: more));
