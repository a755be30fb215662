package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterTls;
import dev.followspot.spi.Credential;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings in use. Equal settings give the same {@link TlsIdentity}, until one of their
 * files changes, which is looked for once a second at most. Bounded: the settings that were not
 * used for the longest time are forgotten first.
 */
final class TlsIdentities {

  private static final int MOST = 1024;
  private static final long MAX_FILE_BYTES = 4 << 20;
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** What makes an identity. */
  record Key(ClusterTls tls, @Nullable Secret certificate, @Nullable Secret privateKey) {

    static Key of(Cluster cluster, Credential credential) {
      return new Key(
          cluster.tls(),
          credential.certificateChain().orElse(null),
          credential.privateKey().orElse(null));
    }

    @Override
    public String toString() {
      return tls.toString();
    }

    private List<Path> files() {
      Stream<@Nullable Path> all =
          certificate != null
              ? Stream.of(tls.caFile())
              : Stream.of(tls.caFile(), tls.clientCertificateFile(), tls.clientKeyFile());
      return all.filter(Objects::nonNull).map(path -> Objects.requireNonNull(path)).toList();
    }
  }

  private record Stamp(@Nullable FileTime modified, long size, @Nullable Object fileKey) {

    static Stamp of(Path file) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
      } catch (IOException e) {
        return new Stamp(null, -1, null);
      }
    }
  }

  private static final class Entry {
    private final List<Path> files;
    private final List<Stamp> stamps;
    private final @Nullable TlsIdentity identity;
    private final @Nullable Trouble trouble;
    private volatile long checkedAt;

    private Entry(
        List<Path> files,
        List<Stamp> stamps,
        @Nullable TlsIdentity identity,
        @Nullable Trouble trouble) {
      this.files = files;
      this.stamps = stamps;
      this.identity = identity;
      this.trouble = trouble;
      this.checkedAt = System.nanoTime();
    }

    private boolean fresh() {
      return (trouble == null && files.isEmpty()) || System.nanoTime() - checkedAt < CHECK_NANOS;
    }

    private TlsIdentity get() throws Trouble {
      if (identity == null) {
        throw trouble == null
            ? new Trouble(CellStatus.TLS, "no TLS settings", null)
            : new Trouble(trouble.status(), trouble.text(), trouble.getCause());
      }
      return identity;
    }
  }

  /**
   * The identity, if it is known and need not be checked now. Does not block.
   *
   * @return null if {@link #load} has to be called, on a thread that may block
   * @throws Trouble if it is known to be of no use
   */
  @Nullable TlsIdentity ready(Key key) throws Trouble {
    Entry entry;
    synchronized (entries) {
      entry = entries.get(key);
    }
    return entry != null && entry.fresh() ? entry.get() : null;
  }

  /** Reads files. */
  TlsIdentity load(Key key) throws Trouble {
    Entry known;
    synchronized (entries) {
      known = entries.get(key);
    }
    if (known != null && known.fresh()) {
      return known.get();
    }
    List<Path> files = key.files();
    List<Stamp> stamps = files.stream().map(Stamp::of).toList();
    if (known != null && known.trouble == null && known.stamps.equals(stamps)) {
      known.checkedAt = System.nanoTime();
      return known.get();
    }
    Entry made;
    try {
      made = new Entry(files, stamps, make(key), null);
    } catch (Trouble trouble) {
      made = new Entry(files, stamps, null, trouble);
    }
    synchronized (entries) {
      Entry other = entries.get(key);
      if (other != null && other != known && other.stamps.equals(stamps)) {
        return other.get();
      }
      entries.put(key, made);
      if (entries.size() > MOST) {
        entries.remove(entries.keySet().iterator().next());
      }
    }
    return made.get();
  }

  private static TlsIdentity make(Key key) throws Trouble {
    ClusterTls tls = key.tls();
    KeyManager @Nullable [] keys = keyManagers(key);
    TrustManager @Nullable [] trust =
        tls.skipVerify() ? new TrustManager[] {new TrustAnyone()} : trustManagers(tls);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return new TlsIdentity(context, !tls.skipVerify(), tls.serverName());
    } catch (GeneralSecurityException e) {
      throw new Trouble(CellStatus.TLS, "TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trustManagers(ClusterTls tls) throws Trouble {
    String data = tls.caData();
    Path file = tls.caFile();
    if (data == null && file == null) {
      return null;
    }
    String what = data != null ? "caData" : "the caFile " + file;
    try {
      KeyStore store = emptyStore();
      int count = 0;
      for (Certificate certificate : Pem.certificates(data != null ? data : caFile(file))) {
        store.setCertificateEntry("ca" + count++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new Trouble(
          CellStatus.TLS,
          what + " " + e.getMessage() + "; give the certificates of the cluster's authority in PEM",
          e);
    }
  }

  private static KeyManager @Nullable [] keyManagers(Key key) throws Trouble {
    ClusterTls tls = key.tls();
    String certificates;
    String privateKey;
    String certificateName = "the client certificate";
    String keyName = "the client key";
    if (key.certificate() != null && key.privateKey() != null) {
      certificates = key.certificate().reveal();
      privateKey = key.privateKey().reveal();
    } else if (tls.hasClientCertificate()) {
      Secret certificateData = tls.clientCertificate();
      Secret keyData = tls.clientKey();
      if (certificateData == null) {
        certificateName += " " + tls.clientCertificateFile();
      }
      if (keyData == null) {
        keyName += " " + tls.clientKeyFile();
      }
      CellStatus status = CellStatus.CREDENTIAL;
      certificates =
          certificateData != null
              ? certificateData.reveal()
              : text(status, "client certificate", tls.clientCertificateFile());
      privateKey =
          keyData != null ? keyData.reveal() : text(status, "client key", tls.clientKeyFile());
    } else {
      return null;
    }
    String blamed = certificateName;
    try {
      Certificate[] chain = Pem.certificates(certificates).toArray(new Certificate[0]);
      blamed = keyName;
      KeyStore store = emptyStore();
      store.setKeyEntry("client", Pem.privateKey(privateKey), new char[0], chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new Trouble(
          CellStatus.CREDENTIAL,
          blamed + " " + e.getMessage() + "; give it in PEM, the key in PKCS#8, PKCS#1 or SEC 1",
          e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  static String caFile(@Nullable Path file) throws Trouble {
    return text(CellStatus.TLS, "caFile", file);
  }

  private static String text(CellStatus status, String what, @Nullable Path file) throws Trouble {
    if (file == null) {
      throw new Trouble(status, "the " + what + " is missing", null);
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw new Trouble(
            status, "the " + what + " " + file + " does not exist or is no file", null);
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new Trouble(
            status, "the " + what + " " + file + " is larger than 4 MiB; it is no PEM file", null);
      }
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new Trouble(
          status,
          "the "
              + what
              + " "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + ")"
              + "; check that it is there and that this process may read it",
          e);
    }
  }

  /** How many settings are known, for tests. */
  int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  /**
   * Forgets the settings of a cluster, also those with the certificates of callers, unless another
   * cluster with equal settings uses them: it would have to connect anew.
   */
  void forget(ClusterTls gone, Predicate<TlsIdentity> used) {
    synchronized (entries) {
      entries
          .entrySet()
          .removeIf(
              entry -> {
                TlsIdentity identity = entry.getValue().identity;
                return entry.getKey().tls().equals(gone)
                    && (identity == null || !used.test(identity));
              });
    }
  }
}
