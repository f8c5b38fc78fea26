import org.jspecify.annotations.NullMarked;

/// Device models: one YAML file each, and the loader that turns it into a target.
@NullMarked
module dev.sinter.hardware {
    requires static org.jspecify;
    requires transitive dev.sinter.ir;
    requires org.snakeyaml.engine;

    exports dev.sinter.hardware;
}
