// Package store keeps users in a bbolt file.
package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
	"golang.org/x/crypto/bcrypt"
)

var (
	// ErrNotFound means that there is no such user.
	ErrNotFound = errors.New("no such user")
	// ErrNoMatch means that there is no such user, or that the password is
	// another.
	ErrNoMatch = errors.New("user name and password do not match")
)

// User is a user as others may see it.
type User struct {
	ID       string
	Username string
	Name     string
}

// record is a user as it is kept, under its user name.
type record struct {
	User
	Hash []byte
}

var (
	byName = []byte("users by user name")
	byID   = []byte("user names by id")
)

// maxPassword is what bcrypt reads of a password, in bytes.
const maxPassword = 72

// Store is a file of users. Its methods may be called concurrently.
type Store struct {
	db   *bbolt.DB
	cost int
	// decoy is compared where there is no user, so that this takes as long as
	// a wrong password.
	decoy []byte
}

// Open opens the file at path and creates it where there is none. Cost is the
// one of bcrypt: every step doubles the work of a guess. The file is locked:
// a second process waits a second for it and gets an error.
func Open(path string, cost int) (*Store, error) {
	decoy, err := bcrypt.GenerateFromPassword([]byte("no user has this password"), cost)
	if err != nil {
		return nil, err
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, fmt.Errorf("open the users in %s: another process has the file open: %w", path, err)
	} else if err != nil {
		return nil, fmt.Errorf("open the users in %s: %w", path, err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err1 := tx.CreateBucketIfNotExists(byName)
		_, err2 := tx.CreateBucketIfNotExists(byID)
		return errors.Join(err1, err2)
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{db: db, cost: cost, decoy: decoy}, nil
}

// Close waits for what is running and releases the file.
func (s *Store) Close() error { return s.db.Close() }

// Empty reports whether there is no user yet.
func (s *Store) Empty() (bool, error) {
	empty := true
	err := s.db.View(func(tx *bbolt.Tx) error {
		k, _ := tx.Bucket(byName).Cursor().First()
		empty = k == nil
		return nil
	})
	return empty, err
}

// Add adds a user. A user name or an ID that is taken is an error, and so is a
// password of more than 72 bytes.
func (s *Store) Add(u User, password string) error {
	if u.ID == "" || u.Username == "" {
		return errors.New("a user needs an ID and a user name")
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password), s.cost)
	if err != nil {
		return fmt.Errorf("user %s: %w", u.Username, err)
	}
	text, err := json.Marshal(record{User: u, Hash: hash})
	if err != nil {
		return err
	}
	return s.db.Update(func(tx *bbolt.Tx) error {
		names, ids := tx.Bucket(byName), tx.Bucket(byID)
		if names.Get([]byte(u.Username)) != nil || ids.Get([]byte(u.ID)) != nil {
			return fmt.Errorf("user %s: the user name or the ID is taken", u.Username)
		}
		if err := ids.Put([]byte(u.ID), []byte(u.Username)); err != nil {
			return err
		}
		return names.Put([]byte(u.Username), text)
	})
}

// ByID returns a user, or ErrNotFound.
func (s *Store) ByID(id string) (User, error) {
	var rec record
	err := s.db.View(func(tx *bbolt.Tx) (err error) {
		name := tx.Bucket(byID).Get([]byte(id))
		if name == nil {
			return ErrNotFound
		}
		rec, err = find(tx, name)
		return err
	})
	return rec.User, err
}

// Authenticate returns the user with this password, or ErrNoMatch after the
// same work whether it was the name or the password that was wrong.
func (s *Store) Authenticate(username, password string) (User, error) {
	var rec record
	err := s.db.View(func(tx *bbolt.Tx) (err error) {
		rec, err = find(tx, []byte(username))
		return err
	})
	known := true
	if errors.Is(err, ErrNotFound) {
		known, rec.Hash = false, s.decoy
	} else if err != nil {
		return User{}, err
	}
	// Compare reads no more than the first bytes of a long password, which
	// would make all that begin alike one password.
	match := bcrypt.CompareHashAndPassword(rec.Hash, []byte(password)) == nil
	if !known || !match || len(password) > maxPassword {
		return User{}, ErrNoMatch
	}
	return rec.User, nil
}

// find reads the user with this user name.
func find(tx *bbolt.Tx, username []byte) (record, error) {
	var rec record
	text := tx.Bucket(byName).Get(username)
	if text == nil {
		return rec, ErrNotFound
	}
	return rec, json.Unmarshal(text, &rec)
}
