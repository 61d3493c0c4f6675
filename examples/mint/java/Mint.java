// java -cp 'lib/*' Mint.java KID PUBLIC_KEY_FILE < claims.json
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.keys.RsaKeyUtil;

class Mint {
    public static void main(String[] args) throws Exception {
        JsonWebEncryption token = new JsonWebEncryption();
        token.setHeader("typ", "JWT");
        token.setAlgorithmHeaderValue("RSA-OAEP-256");
        token.setEncryptionMethodHeaderParameter("A128GCM");
        token.enableDefaultCompression();
        token.setKeyIdHeaderValue(args[0]);
        token.setKey(new RsaKeyUtil().fromPemEncoded(Files.readString(Path.of(args[1]))));
        token.setPlaintext(System.in.readAllBytes());
        System.out.println(token.getCompactSerialization());
    }
}
