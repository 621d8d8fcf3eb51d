//! Data in and out: files, seeds, the other database, archives; everything on both databases.

mod files;
mod random;
mod seeds;
mod whole;
