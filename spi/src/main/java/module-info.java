/** The contracts: interfaces that plugin jars implement, and the values they exchange. */
@org.jspecify.annotations.NullMarked
module dev.followspot.spi {
  requires static transitive org.jspecify;

  exports dev.followspot.spi;
}
