// wat vectors | go run check.go
// Steps 1 and 2 of docs/vectors.md: text, header, decryption. Names the vectors that this opener gets wrong.
package main

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"strings"
)

const maxToken, maxText = 655_360, 1_048_576

var (
	errRefused = errors.New("refused")
	// Strict, since the decoder would else take several spellings of one token.
	base64url = base64.RawURLEncoding.Strict()
	kidForm   = regexp.MustCompile("^[0-9a-f]{24}$")
	fixed     = map[string]string{"typ": "JWT", "alg": "RSA-OAEP-256", "enc": "A128GCM"}
)

// readHeader goes token by token, since decoding into a struct forgives names that stand twice.
func readHeader(text []byte) (map[string]string, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, errRefused
	}
	header := map[string]string{}
	for decoder.More() {
		name, _ := decoder.Token()
		value, _ := decoder.Token()
		key, isName := name.(string)
		member, isText := value.(string)
		if _, isTwice := header[key]; !isName || !isText || isTwice {
			return nil, errRefused
		}
		header[key] = member
	}
	if end, err := decoder.Token(); err != nil || end != json.Delim('}') {
		return nil, errRefused
	}
	names := len(fixed) + 1
	if zip, isThere := header["zip"]; isThere {
		if names++; zip != "DEF" {
			return nil, errRefused
		}
	}
	for name, value := range fixed {
		if header[name] != value {
			return nil, errRefused
		}
	}
	if len(header) != names || !kidForm.MatchString(header["kid"]) {
		return nil, errRefused
	}
	return header, nil
}

func inflate(data []byte) ([]byte, error) {
	rest := bytes.NewReader(data)
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(rest), maxText+1))
	if err != nil || len(text) > maxText || rest.Len() > 0 {
		return nil, errRefused
	}
	return text, nil
}

func open(token string, keys map[string]*rsa.PrivateKey) ([]byte, error) {
	segments := strings.Split(token, ".")
	// The decoder skips line breaks even when strict.
	if len(token) > maxToken || len(segments) != 5 || strings.ContainsAny(token, "\r\n") {
		return nil, errRefused
	}
	var parts [5][]byte
	for index, segment := range segments {
		part, err := base64url.DecodeString(segment)
		if err != nil || len(part) == 0 {
			return nil, errRefused
		}
		parts[index] = part
	}
	head, encryptedKey, iv, ciphertext, tag := parts[0], parts[1], parts[2], parts[3], parts[4]
	if len(encryptedKey) != 256 || len(iv) != 12 || len(tag) != 16 {
		return nil, errRefused
	}
	header, err := readHeader(head)
	if err != nil {
		return nil, err
	}
	privateKey, isKnown := keys[header["kid"]]
	if !isKnown {
		return nil, errRefused
	}
	contentKey, err := rsa.DecryptOAEP(sha256.New(), nil, privateKey, encryptedKey, nil)
	if err != nil || len(contentKey) != 16 {
		return nil, errRefused
	}
	block, err := aes.NewCipher(contentKey)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	text, err := gcm.Open(nil, iv, append(ciphertext, tag...), []byte(segments[0]))
	if err != nil || header["zip"] == "" {
		return text, err
	}
	return inflate(text)
}

func main() {
	var document struct {
		Kid, PrivateKey string
		Vectors         []struct {
			Name, Token, TextSha256 string
			Step                    int
		}
	}
	if err := json.NewDecoder(os.Stdin).Decode(&document); err != nil {
		log.Fatal(err)
	}
	block, _ := pem.Decode([]byte(document.PrivateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		log.Fatal(err)
	}
	keys := map[string]*rsa.PrivateKey{document.Kid: key.(*rsa.PrivateKey)}

	wrong := 0
	for _, vector := range document.Vectors {
		outcome := ""
		if text, err := open(vector.Token, keys); err == nil {
			digest := sha256.Sum256(text)
			outcome = hex.EncodeToString(digest[:])
		}
		if vector.Step != 3 && outcome != vector.TextSha256 {
			fmt.Println(vector.Name)
			wrong++
		}
	}
	if wrong > 0 {
		os.Exit(1)
	}
	fmt.Println("all right")
}
