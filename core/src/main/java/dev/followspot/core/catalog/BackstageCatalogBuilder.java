package dev.followspot.core.catalog;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Opens a {@link BackstageCatalog}. Not safe for use by several threads. */
public final class BackstageCatalogBuilder {

  static final Duration LONGEST = Duration.ofDays(1);
  private static final String API = "/api/catalog";

  private final Cluster.Builder backend;
  @Nullable Secret token;
  @Nullable Path tokenFile;
  Duration cacheTtl = Duration.ofSeconds(10);
  Duration maxStale = Duration.ofMinutes(10);
  Duration requestTimeout = Duration.ofSeconds(10);
  private LongSupplier nanos = System::nanoTime;

  BackstageCatalogBuilder(URI url) {
    backend = Cluster.named("the catalog").url(base(url)).authProvider("anonymous");
    var unused = backend.build();
  }

  /** The address of the backend, also if that of its catalog was given. */
  private static URI base(URI url) {
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("the address of the backend has a query or a fragment");
    }
    String text = url.toString().replaceFirst("[/]+$", "");
    return text.endsWith(API) ? URI.create(text.substring(0, text.length() - API.length())) : url;
  }

  /**
   * The token that is sent, such as one of the backend's {@code backend.auth.externalAccess}.
   *
   * @param value the token, or null for none
   * @return this builder
   */
  public BackstageCatalogBuilder token(@Nullable Secret value) {
    token = value;
    return this;
  }

  /**
   * A file with the token that is sent, read again when it changes. It wins over {@link #token}.
   *
   * @param value the file, or null for none
   * @return this builder
   */
  public BackstageCatalogBuilder tokenFile(@Nullable Path value) {
    tokenFile = value;
    return this;
  }

  /**
   * A PEM file with the authorities to trust, read again when it changes.
   *
   * @param value the file; null for the authorities of the JVM, which are the default
   * @return this builder
   */
  public BackstageCatalogBuilder caFile(@Nullable Path value) {
    if (value != null) {
      backend.caFile(value);
    }
    return this;
  }

  /**
   * How long an answer counts.
   *
   * @param value zero to a day; 10 seconds by default
   * @return this builder
   * @throws IllegalArgumentException if it is anything else
   */
  public BackstageCatalogBuilder cacheTtl(Duration value) {
    cacheTtl = checked(value, Duration.ZERO);
    return this;
  }

  /**
   * How old an answer may be that is given while the backend cannot be asked.
   *
   * @param value zero to a day; 10 minutes by default. Zero for no such answers
   * @return this builder
   * @throws IllegalArgumentException if it is anything else
   */
  public BackstageCatalogBuilder maxStale(Duration value) {
    maxStale = checked(value, Duration.ZERO);
    return this;
  }

  /**
   * How long one request may take; a list may take three times as long with all its pages.
   *
   * @param value a millisecond to a day; 10 seconds by default
   * @return this builder
   * @throws IllegalArgumentException if it is anything else
   */
  public BackstageCatalogBuilder requestTimeout(Duration value) {
    requestTimeout = checked(value, Duration.ofMillis(1));
    return this;
  }

  /** For tests: the time. */
  BackstageCatalogBuilder nanos(LongSupplier value) {
    nanos = value;
    return this;
  }

  private static Duration checked(Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("the duration is " + value);
    }
    return value;
  }

  /**
   * Starts; nothing is asked yet.
   *
   * @return the catalog, to be closed
   */
  public BackstageCatalog open() {
    return new BackstageCatalog(backend.build(), this, nanos);
  }
}
