package dev.followspot.spi;

/** What a caller authenticator is created with. */
public interface CallerAuthenticatorContext extends ExtensionContext {

  /**
   * The one below: the built-in one, or the extension that is next further in.
   *
   * @return what to decorate
   */
  CallerAuthenticator delegate();
}
