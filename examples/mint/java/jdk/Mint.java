// java Mint.java KID PUBLIC_KEY_FILE < claims.json
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

class Mint {
    // Named in full: "OAEPWithSHA-256AndMGF1Padding" alone means SHA-1 in the mask, which nothing opens.
    static final OAEPParameterSpec OAEP_256 =
        new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    static final String HEADER =
        "{\"typ\":\"JWT\",\"alg\":\"RSA-OAEP-256\",\"enc\":\"A128GCM\",\"zip\":\"DEF\",\"kid\":\"%s\"}";

    public static void main(String[] args) throws Exception {
        System.out.println(mint(args[0], readPublicKey(Path.of(args[1])), System.in.readAllBytes()));
    }

    /** A compact JWE, RFC 7516 section 5.1. */
    static String mint(String kid, PublicKey publicKey, byte[] claims) throws Exception {
        KeyGenerator keys = KeyGenerator.getInstance("AES");
        keys.init(128);
        SecretKey contentKey = keys.generateKey();
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(Cipher.WRAP_MODE, publicKey, OAEP_256);

        byte[] iv = new byte[12];
        new SecureRandom().nextBytes(iv);
        String header = base64url(String.format(HEADER, kid).getBytes(US_ASCII));
        Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, contentKey, new GCMParameterSpec(128, iv));
        aes.updateAAD(header.getBytes(US_ASCII));
        byte[] sealed = aes.doFinal(deflate(claims));
        int tagAt = sealed.length - 16;

        return String.join(".",
            header,
            base64url(rsa.wrap(contentKey)),
            base64url(iv),
            base64url(Arrays.copyOf(sealed, tagAt)),
            base64url(Arrays.copyOfRange(sealed, tagAt, sealed.length)));
    }

    /** Raw deflate, RFC 1951: no zlib wrapper. */
    static byte[] deflate(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static PublicKey readPublicKey(Path file) throws Exception {
        String base64 = Files.readString(file).replaceAll("-----[^-]+-----", "");
        byte[] spki = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki));
    }
}
