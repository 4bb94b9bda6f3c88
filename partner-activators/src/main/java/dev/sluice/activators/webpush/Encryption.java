package dev.sluice.activators.webpush;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A message that only one browser can read: RFC 8291 over RFC 8188's {@code aes128gcm}, in one record. The key pair is made
 * for one message. Stateless.
 */
final class Encryption {
    /** What a message may have, so that it is one record of 4,096 bytes at every push service. */
    static final int MOST_BYTES = 3_993;

    private static final int RECORD = 4_096;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Encryption() {}

    /** @throws GeneralSecurityException if the browser's key is none */
    static byte[] encrypt(byte[] message, Subscription to) throws GeneralSecurityException {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return encrypt(message, to, P256.generate(), salt);
    }

    static byte[] encrypt(byte[] message, Subscription to, KeyPair own, byte[] salt) throws GeneralSecurityException {
        if (message.length > MOST_BYTES) {
            throw new IllegalArgumentException("a message may have " + MOST_BYTES + " bytes");
        }
        byte[] ownPoint = P256.point((ECPublicKey) own.getPublic());
        SecretKey secret = secret(to, own, ownPoint);
        SecretKey key = derive(secret, salt, ascii("Content-Encoding: aes128gcm\0"), KEY_BYTES);
        SecretKey nonce = derive(secret, salt, ascii("Content-Encoding: nonce\0"), NONCE_BYTES);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key.getEncoded(), "AES"),
                new GCMParameterSpec(128, nonce.getEncoded()));
        var out = new ByteArrayOutputStream();
        out.writeBytes(salt);
        out.writeBytes(ByteBuffer.allocate(4).putInt(RECORD).array());
        out.write(ownPoint.length);
        out.writeBytes(ownPoint);
        out.writeBytes(cipher.update(message));
        // The delimiter of the last record.
        out.writeBytes(cipher.doFinal(new byte[] {2}));
        return out.toByteArray();
    }

    /** What both sides know, bound to both their keys (RFC 8291, section 3.4). */
    private static SecretKey secret(Subscription to, KeyPair own, byte[] ownPoint) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(P256.publicKey(to.key()), true);
        var shared = new SecretKeySpec(agreement.generateSecret(), "Generic");
        var info = new ByteArrayOutputStream();
        info.writeBytes(ascii("WebPush: info\0"));
        info.writeBytes(to.key());
        info.writeBytes(ownPoint);
        return derive(shared, to.auth(), info.toByteArray(), SECRET_BYTES);
    }

    private static SecretKey derive(SecretKey from, byte[] salt, byte[] info, int bytes)
            throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        "Generic",
                        HKDFParameterSpec.ofExtract().addIKM(from).addSalt(salt).thenExpand(info, bytes));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
