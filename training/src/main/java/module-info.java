import org.jspecify.annotations.NullMarked;

/// Training: optimisers, data, and the loop that runs them on a device.
@NullMarked
module dev.sinter.training {
    requires static org.jspecify;
    requires transitive dev.sinter.ir;
    requires com.drew.metadata;
    requires java.desktop;

    exports dev.sinter.training;
    exports dev.sinter.training.data;
    exports dev.sinter.training.data.digits;
    exports dev.sinter.training.data.file;
    exports dev.sinter.training.data.picture;
    exports dev.sinter.training.quantization;
}
