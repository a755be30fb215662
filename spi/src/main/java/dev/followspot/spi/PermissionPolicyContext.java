package dev.followspot.spi;

/** What a permission policy is created with. */
public interface PermissionPolicyContext extends ExtensionContext {

  /**
   * The one below: the built-in one, or the extension that is next further in.
   *
   * @return what to decorate
   */
  PermissionPolicy delegate();
}
