//! The attributes of a file besides its bytes: owner, group, mode, extended attributes, access list.
//!
//! Owns giving a new file those of the file whose place it takes. What this user may not give is left out; then fewer people
//! may read the new file, never more.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::path::Path;

/// Gives a new file the owner, group, mode and extended attributes of the one at `old`, as far as this user may. Among the
/// attributes is the access list of Linux; that of macOS is none of them and is not kept.
///
/// # Errors
/// Where the mode cannot be set.
pub(super) fn keep(file: &File, old: &Path, like: &Metadata) -> io::Result<()> {
    let keeps_group = keep_owner(file, like);
    let keeps_list = keep_extended(file, old);
    file.set_permissions(permissions(like, keeps_group && keeps_list))
}

/// Whether a new file has another owner, group or mode than the one whose place it took.
#[cfg(unix)]
pub(super) fn has_other_rights(new: &Metadata, old: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let rights = |metadata: &Metadata| (metadata.uid(), metadata.gid(), metadata.mode() & 0o777);
    rights(new) != rights(old)
}

#[cfg(not(unix))]
pub(super) fn has_other_rights(_new: &Metadata, _old: &Metadata) -> bool {
    false
}

/// How many names a file has besides the one it was found by (hard links).
#[cfg(unix)]
pub(super) fn other_names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata).saturating_sub(1)
}

#[cfg(not(unix))]
pub(super) fn other_names(_metadata: &Metadata) -> u64 {
    0
}

/// The mode of a file. Without its group or its access list it is nobody's but the owner's and everyone's: the bits of the
/// group would let in another group, and are the mask of the list where there is one.
#[cfg(unix)]
fn permissions(like: &Metadata, keeps_group: bool) -> Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    let mut permissions = like.permissions();
    if !keeps_group {
        permissions.set_mode(permissions.mode() & !0o070);
    }
    permissions
}

#[cfg(not(unix))]
fn permissions(like: &Metadata, _keeps_group: bool) -> Permissions {
    like.permissions()
}

/// Gives the file to the owner and group of the one it replaces, as far as this user may; whether it has that group.
#[cfg(unix)]
fn keep_owner(file: &File, like: &Metadata) -> bool {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(own) = file.metadata() else { return false };
    // The group first: who has given a file away may change it no more.
    let keeps_group = own.gid() == like.gid() || fchown(file, None, Some(like.gid())).is_ok();
    if own.uid() != like.uid() {
        let _ = fchown(file, Some(like.uid()), None);
    }
    keeps_group
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _like: &Metadata) -> bool {
    true
}

/// Gives the file the extended attributes of the one it replaces, as far as this user may; whether the access list is the
/// same.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn keep_extended(file: &File, old: &Path) -> bool {
    use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, getxattr, listxattr};

    /// The access list among the attributes (`acl(5)`).
    const LIST: &[u8] = b"system.posix_acl_access";

    /// The most that Linux keeps in one attribute, and in all their names (`xattr(7)`).
    const LONGEST: usize = 1 << 16;

    let mut buffer = vec![0_u8; LONGEST];
    // A file system without attributes has no access lists either.
    let Ok(length) = listxattr(old, &mut buffer[..]) else { return true };
    let names: Vec<Vec<u8>> = buffer.split_at(length).0.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect();
    let mut keeps_list = true;
    for name in names.iter().filter(|name| !name.is_empty()) {
        let value = getxattr(old, name.as_slice(), &mut buffer[..]).map(|length| buffer.split_at(length).0);
        let is_set = value.is_ok_and(|value| fsetxattr(file, name.as_slice(), value, XattrFlags::empty()).is_ok());
        keeps_list &= is_set || name != LIST;
    }
    if !names.iter().any(|name| name == LIST) {
        // One that the folder gives to new files lets in whom the old file did not.
        let _ = fremovexattr(file, LIST);
    }
    keeps_list
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn keep_extended(_file: &File, _old: &Path) -> bool {
    true
}
