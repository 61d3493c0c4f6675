// java -cp nimbus-jose-jwt.jar Mint.java KID PUBLIC_KEY_FILE < claims.json
import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

class Mint {
    public static void main(String[] args) throws Exception {
        String kid = args[0];
        RSAPublicKey publicKey = readPublicKey(Path.of(args[1]));
        byte[] claims = System.in.readAllBytes();

        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM)
            .type(JOSEObjectType.JWT)
            .compressionAlgorithm(CompressionAlgorithm.DEF)
            .keyID(kid)
            .build();
        JWEObject token = new JWEObject(header, new Payload(claims));
        token.encrypt(new RSAEncrypter(publicKey));
        System.out.println(token.serialize());
    }

    private static RSAPublicKey readPublicKey(Path file) throws Exception {
        String base64 = Files.readString(file).replaceAll("-----[^-]+-----", "");
        byte[] spki = Base64.getMimeDecoder().decode(base64);
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki));
    }
}
