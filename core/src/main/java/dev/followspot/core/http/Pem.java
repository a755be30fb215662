package dev.followspot.core.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates and private keys in PEM. No message shows any of the text. */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final byte[] RSA_ALGORITHM = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  private static final byte[] EC_OID = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Block(String label, byte[] bytes) {}

  private Pem() {}

  /**
   * All certificates of a text.
   *
   * @throws GeneralSecurityException with what is wrong, as the end of a sentence
   */
  static List<Certificate> certificates(String text) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(text)) {
      if (block.label.equals("CERTIFICATE") || block.label.equals("TRUSTED CERTIFICATE")) {
        try {
          certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.bytes)));
        } catch (GeneralSecurityException e) {
          throw new GeneralSecurityException("holds a certificate that cannot be read");
        }
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("holds no certificate (-----BEGIN CERTIFICATE-----)");
    }
    return certificates;
  }

  /**
   * The first private key of a text.
   *
   * @throws GeneralSecurityException with what is wrong, as the end of a sentence
   */
  static PrivateKey privateKey(String text) throws GeneralSecurityException {
    byte @Nullable [] parameters = null;
    for (Block block : blocks(text)) {
      switch (block.label) {
        case "PRIVATE KEY" -> {
          return fromPkcs8(block.bytes);
        }
        case "RSA PRIVATE KEY" -> {
          if (text.contains("Proc-Type: 4,ENCRYPTED")) {
            throw encrypted();
          }
          return fromPkcs8(pkcs8(RSA_ALGORITHM, block.bytes));
        }
        case "EC PARAMETERS" -> parameters = block.bytes;
        case "EC PRIVATE KEY" -> {
          byte[] curve = curveOf(block.bytes);
          byte[] known = curve == null ? parameters : curve;
          if (known == null) {
            throw new GeneralSecurityException("holds an EC key without the name of its curve");
          }
          return fromPkcs8(pkcs8(der(0x30, EC_OID, known), block.bytes));
        }
        case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
        default -> {}
      }
    }
    throw new GeneralSecurityException("holds no private key (-----BEGIN PRIVATE KEY-----)");
  }

  private static GeneralSecurityException encrypted() {
    return new GeneralSecurityException(
        "holds a private key with a passphrase; store it without one");
  }

  private static List<Block> blocks(String text) throws GeneralSecurityException {
    String pem = text;
    if (!pem.contains("-----BEGIN")) {
      try {
        pem = new String(Base64.getMimeDecoder().decode(text.strip()), StandardCharsets.ISO_8859_1);
      } catch (IllegalArgumentException e) {
        pem = "";
      }
    }
    if (!pem.contains("-----BEGIN")) {
      throw new GeneralSecurityException("holds neither PEM nor base64 of PEM");
    }
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(pem);
    while (matcher.find()) {
      String label = matcher.group(1);
      String body = matcher.group(2);
      int headers = body.lastIndexOf("\n\n");
      try {
        blocks.add(
            new Block(
                label,
                Base64.getMimeDecoder().decode(headers < 0 ? body : body.substring(headers))));
      } catch (IllegalArgumentException e) {
        throw new GeneralSecurityException("holds a damaged block -----BEGIN " + label + "-----");
      }
    }
    return blocks;
  }

  private static PrivateKey fromPkcs8(byte[] bytes) throws GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(bytes);
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException | RuntimeException e) {
        // Not this algorithm, or damaged: told below, without what the exception may quote.
      }
    }
    throw new GeneralSecurityException("holds a private key that is no RSA, EC or EdDSA key");
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return der(0x30, new byte[] {2, 1, 0}, algorithm, der(0x04, key));
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /**
   * The object identifier of the curve in a SEC 1 key: a sequence of the version, the key as an
   * octet string, and, maybe, the curve in brackets. Null if it is not there.
   */
  private static byte @Nullable [] curveOf(byte[] sec1) {
    int lengthBytes = sec1.length > 1 && sec1[1] < 0 ? sec1[1] & 0x7f : 0;
    int keyAt = 2 + lengthBytes + 3;
    if (keyAt + 1 >= sec1.length || sec1[keyAt] != 0x04 || sec1[keyAt + 1] < 0) {
      return null;
    }
    int at = keyAt + 2 + sec1[keyAt + 1];
    if (at + 1 >= sec1.length || sec1[at] != (byte) 0xa0 || sec1[at + 1] < 0) {
      return null;
    }
    int end = at + 2 + sec1[at + 1];
    return end > sec1.length ? null : Arrays.copyOfRange(sec1, at + 2, end);
  }
}
